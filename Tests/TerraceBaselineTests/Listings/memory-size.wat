;; memory.size has 32 bits whatever the record says, by a 32-bit move or load; a 64-bit memory's has 64.
(module
  (memory 1)
  (memory $bytes 1 (pagesize 1))
  (memory $large i64 1)
  (func (result i32)
    memory.size
    memory.size $bytes
    i32.add)
  (func (result i64)
    memory.size $large))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 1f 00 00 00               jb +0x36
;;     | 0017  4c 89 dc                        mov rsp, r11
;;   memory.size 0
;;     | 001a  49 8b 7e 40                     mov rdi, [r14 + 64]
;;     | 001e  48 8b 7f 08                     mov rdi, [rdi + 8]
;;     | 0022  48 c1 ef 10                     shr rdi, 16
;;     | 0026  89 ff                           mov edi, edi
;;   memory.size 1
;;     | 0028  49 8b 76 48                     mov rsi, [r14 + 72]
;;     | 002c  8b 76 08                        mov esi, [rsi + 8]
;;   i32.add
;;     | 002f  01 f7                           add edi, esi
;;   end
;;     | 0031  48 89 f8                        mov rax, rdi
;;     | 0034  c9                              leave
;;     | 0035  c3                              ret
;;   behind the function
;;     | 0036  0f 0b                           ud2
;; function 1
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 14 00 00 00               jb +0x2b
;;     | 0017  4c 89 dc                        mov rsp, r11
;;   memory.size 2
;;     | 001a  49 8b 7e 50                     mov rdi, [r14 + 80]
;;     | 001e  48 8b 7f 08                     mov rdi, [rdi + 8]
;;     | 0022  48 c1 ef 10                     shr rdi, 16
;;   end
;;     | 0026  48 89 f8                        mov rax, rdi
;;     | 0029  c9                              leave
;;     | 002a  c3                              ret
;;   behind the function
;;     | 002b  0f 0b                           ud2
