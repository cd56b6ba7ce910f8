;; Bulk operators call the runtime through a shared stub; everything that lives on is stored before.
(module
  (memory 1)
  (func (param i32 i32 i32) (result i32)
    local.get 0
    i32.const 0
    local.get 2
    memory.fill
    local.get 1))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 32 00 00 00               jb +0x49
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 d0                        mov r8, rdx
;;     | 001d  49 89 f1                        mov r9, rsi
;;     | 0020  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   i32.const 0
;;   local.get 2
;;   memory.fill 0
;;     | 0023  44 89 45 c8                     mov [rbp - 56], r8d
;;     | 0027  44 89 4d d0                     mov [rbp - 48], r9d
;;     | 002b  44 89 55 d8                     mov [rbp - 40], r10d
;;     | 002f  4c 89 d2                        mov rdx, r10
;;     | 0032  b9 00 00 00 00                  mov ecx, 0
;;     | 0037  be 00 00 00 00                  mov esi, 0
;;     | 003c  4d 8b 5e 20                     mov r11, [r14 + 32]
;;     | 0040  41 ff 53 10                     call [r11 + 16]
;;   local.get 1
;;   end
;;     | 0044  8b 45 d0                        mov eax, [rbp - 48]
;;     | 0047  c9                              leave
;;     | 0048  c3                              ret
;;   behind the function
;;     | 0049  0f 0b                           ud2
