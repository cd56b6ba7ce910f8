;; A 64-bit memory is checked: index, offset and size must not overflow nor pass the length.
(module
  (memory i64 1)
  (func (param i64) (result i32)
    local.get 0
    i32.load offset=100))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 2e 00 00 00               jb +0x45
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   i32.load offset=100
;;     | 001d  4c 89 d7                        mov rdi, r10
;;     | 0020  48 83 c7 68                     add rdi, 104
;;     | 0024  0f 82 1d 00 00 00               jb +0x47
;;     | 002a  4d 8b 5e 40                     mov r11, [r14 + 64]
;;     | 002e  49 3b 7b 08                     cmp rdi, [r11 + 8]
;;     | 0032  0f 87 0f 00 00 00               ja +0x47
;;     | 0038  4d 8b 1b                        mov r11, [r11]
;;     | 003b  41 8b 7c 3b fc                  mov edi, [r11 + rdi - 4]
;;   end
;;     | 0040  48 89 f8                        mov rax, rdi
;;     | 0043  c9                              leave
;;     | 0044  c3                              ret
;;   behind the function
;;     | 0045  0f 0b                           ud2
;;     | 0047  0f 0b                           ud2
