;; References are addresses; null is zero.
(module
  (table 4 externref)
  (func (param externref i32) (result i32)
    local.get 1
    local.get 0
    table.set 0
    local.get 1
    table.get 0
    ref.is_null))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 43 00 00 00               jb +0x5a
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f9                        mov r9, rdi
;;     | 001d  49 89 f2                        mov r10, rsi
;;   local.get 1
;;   local.get 0
;;   table.set 0
;;     | 0020  4d 8b 5e 40                     mov r11, [r14 + 64]
;;     | 0024  4d 3b 53 08                     cmp r10, [r11 + 8]
;;     | 0028  0f 83 2e 00 00 00               jae +0x5c
;;     | 002e  4d 8b 1b                        mov r11, [r11]
;;     | 0031  4f 89 0c d3                     mov [r11 + r10*8], r9
;;   local.get 1
;;   table.get 0
;;     | 0035  4d 8b 5e 40                     mov r11, [r14 + 64]
;;     | 0039  4d 3b 53 08                     cmp r10, [r11 + 8]
;;     | 003d  0f 83 1b 00 00 00               jae +0x5e
;;     | 0043  4d 8b 1b                        mov r11, [r11]
;;     | 0046  4b 8b 3c d3                     mov rdi, [r11 + r10*8]
;;   ref.is_null
;;     | 004a  48 85 ff                        test rdi, rdi
;;     | 004d  40 0f 94 c7                     sete dil
;;     | 0051  40 0f b6 ff                     movzx edi, dil
;;   end
;;     | 0055  48 89 f8                        mov rax, rdi
;;     | 0058  c9                              leave
;;     | 0059  c3                              ret
;;   behind the function
;;     | 005a  0f 0b                           ud2
;;     | 005c  0f 0b                           ud2
;;     | 005e  0f 0b                           ud2
