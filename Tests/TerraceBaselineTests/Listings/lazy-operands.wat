;; Reading locals and writing constants emits nothing: operands stay lazy until an instruction can take them as they are.
(module
  (func (param i32 i32) (result i32)
    local.get 0
    local.get 1
    local.get 0
    i32.const 100
    i32.sub
    i32.mul
    i32.add))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 19 00 00 00               jb +0x30
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   local.get 1
;;   local.get 0
;;   i32.const 100
;;   i32.sub
;;     | 0020  41 8d 7a 9c                     lea edi, [r10 - 100]
;;   i32.mul
;;     | 0024  41 0f af f9                     imul edi, r9d
;;   i32.add
;;     | 0028  44 01 d7                        add edi, r10d
;;   end
;;     | 002b  48 89 f8                        mov rax, rdi
;;     | 002e  c9                              leave
;;     | 002f  c3                              ret
;;   behind the function
;;     | 0030  0f 0b                           ud2
